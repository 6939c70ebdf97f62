"""Withdrawals: what was taken off every page, and the sentence its address answers with from then on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WithdrawalQuerySet(models.QuerySet):
    def standing(self):
        """Those not lifted by publishing again."""
        return self.filter(lifted_at=None)


class Withdrawal(models.Model):
    """`reason` is for the desk; `public_reason`, if any, is read by readers at the old address."""

    edition = models.ForeignKey("Edition", models.PROTECT, related_name="withdrawals")
    path = models.CharField(max_length=400, db_index=True)
    language = models.CharField(max_length=10)
    reason = models.TextField(_("reason, for the desk"))
    public_reason = models.TextField(_("reason, for readers"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["path"], condition=models.Q(lifted_at=None), name="withdrawal_one_standing")
        ]

    def __str__(self):
        return self.path
