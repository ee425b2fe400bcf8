"""Owners: the names a board gives actions to, and who answers for them when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from boards.models.board import OnBoard, Seat, SubGroup, dates_in_order


class Owner(OnBoard):
    """A name this board gives actions to. Its seat or sub-group gives rights; its holder answers questions."""

    class Kind(models.TextChoices):
        SEAT = "seat", "Agency"
        POST = "post", "Post"
        SUB_GROUP = "sub_group", "Sub-group"
        GROUP = "group", "Group of owners"
        OUTSIDE = "outside", "Outside body"
        TO_BE_CONFIRMED = "to_be_confirmed", "To be confirmed"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT)
    sub_group = models.ForeignKey(SubGroup, null=True, blank=True, on_delete=models.PROTECT)
    members = models.ManyToManyField("self", through="OwnerMember", symmetrical=False)
    since = models.DateField(null=True, blank=True, help_text="When the board first gave actions to this name.")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint("board", Lower("name"), name="owner_name_once_a_board"),
            models.CheckConstraint(
                name="owner_kind_fits_its_place",
                condition=Q(kind__in=("seat", "post"), seat__isnull=False, sub_group__isnull=True)
                | Q(kind="sub_group", seat__isnull=True, sub_group__isnull=False)
                | Q(
                    kind__in=("group", "outside", "to_be_confirmed"),
                    seat__isnull=True,
                    sub_group__isnull=True,
                ),
            ),
        )

    def __str__(self):
        return self.name


class OwnerMember(OnBoard):
    """One owner inside a group of owners ("Police/YOS/Probation/CRC")."""

    group = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="groups")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "member"), name="owner_member_once"),
            models.CheckConstraint(condition=~Q(group=models.F("member")), name="owner_not_member_of_itself"),
        )


class OwnerAlias(OnBoard):
    """Another spelling of an owner, as plans print it."""

    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "owner aliases"
        constraints = (models.UniqueConstraint("board", Lower("name"), name="alias_once_a_board"),)

    def __str__(self):
        return self.name


class Holder(OnBoard):
    """The person who holds an owner's post, or stands in for them, between two dates."""

    class Part(models.TextChoices):
        HOLDER = "holder", "Holder"
        DEPUTY = "deputy", "Deputy"

    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="holders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="held")
    part = models.CharField(max_length=10, choices=Part, default=Part.HOLDER)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("starts",)
        constraints = (
            dates_in_order("starts", "ends", "holder_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=("owner",),
                condition=Q(part="holder", ends__isnull=True),
                name="owner_has_one_holder_at_a_time",
            ),
        )

    def __str__(self):
        return f"{self.person}, {self.get_part_display().lower()} of {self.owner}"
