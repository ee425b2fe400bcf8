"""People, and the roles they hold. A role is one guardian permission on one object, with dates."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from guardian.models import UserObjectPermissionBase

from boards.models.board import Board, OnBoard, Seat, SubGroup, dates_in_order, in_force


class UserManager(BaseUserManager):
    """People are found by e-mail, whatever its capitals."""

    def create_user(self, email, name="", password=None):
        """A person who may sign in and holds no role yet; without a password, nobody can sign in as them."""
        user = self.model(email=self.normalize_email(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @classmethod
    def normalize_email(cls, email):
        return (email or "").strip().lower()

    def get_by_natural_key(self, email):
        return self.get(email=self.normalize_email(email))


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. An account alone opens nothing: rights are roles on boards, seats, sub-groups."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        ordering = ("name", "email")
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_small_letters"),
        )

    def __str__(self):
        return self.name or self.email


class SignIn(models.Model):
    """A person who is signed in, in one browser: what they see in their list, and can end from another."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="To the minute or so.")
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=80)

    class Meta:
        ordering = ("-seen_at", "-id")

    def __str__(self):
        return f"{self.user}, {self.browser}"


def held_on(on):
    """Q: roles that hold on a day: inside their dates, and not ended before them."""
    return in_force(on) & models.Q(ended_at__isnull=True)


class Role(UserObjectPermissionBase):
    """One role of one person. Outside its dates it is as if it were not there: see boards.permissions.

    A row is kept when the role is over, so that it can be said who held what; the same role held again is another row.
    """

    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True, help_text="The last day on which the role holds.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was ended, at once.")
    covering = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True
        unique_together = ()
        constraints = (
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="%(class)s_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(covering__isnull=True) | models.Q(ends__isnull=False),
                name="%(class)s_cover_has_an_end",
            ),
        )


class BoardRole(Role):
    content_object = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="roles")


class SeatRole(Role):
    content_object = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="roles")


class SubGroupRole(Role):
    content_object = models.ForeignKey(SubGroup, on_delete=models.PROTECT, related_name="roles")


class Invitation(OnBoard):
    """A link sent by mail that gives one role to whoever has the mailbox. Only a digest of its key is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.SlugField(max_length=40)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT)
    sub_group = models.ForeignKey(SubGroup, null=True, blank=True, on_delete=models.PROTECT)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    key_digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Nobody: on the server."
    )
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(seat__isnull=True) | models.Q(sub_group__isnull=True),
                name="invitation_to_one_place",
            ),
            dates_in_order("starts", "ends", "invitation_ends_after_it_starts"),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="invitation_has_one_end",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
        )

    def __str__(self):
        return f"Invitation of {self.name}"

    @property
    def place(self):
        """What the role is on: a seat, a sub-group, or the board."""
        return self.seat or self.sub_group or self.board

    @property
    def sender(self):
        """Who invites, in words."""
        return str(self.by) if self.by else "cseplan"

    def is_open(self, at):
        """Whether its link still does something at a moment."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class Visit(OnBoard):
    """The last day on which a person opened a page of a board."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visits")
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("board", "person"), name="visit_once_a_board"),)

    def __str__(self):
        return f"{self.person}, {self.on}"
