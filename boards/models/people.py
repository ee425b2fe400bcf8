"""People, and the roles they hold. A role is one guardian permission on one object, with dates."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from guardian.models import UserObjectPermissionBase

from boards.models.board import Board, Seat, SubGroup


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


class Role(UserObjectPermissionBase):
    """One role of one person. Outside its dates it is as if it were not there: see boards.permissions."""

    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True, help_text="The last day on which the role holds.")
    covering = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True
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
