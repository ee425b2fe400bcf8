"""The demo: the four published plans as boards in mid-life, with people, rounds and a believable story."""
