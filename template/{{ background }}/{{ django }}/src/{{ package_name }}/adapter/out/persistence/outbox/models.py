"""A stored event, on its way to one handler; the handler's own transaction deletes it."""

from django.db import models


class OutboxRow(models.Model):
    position = models.BigAutoField(primary_key=True)
    event_id = models.CharField(max_length=36)
    handler = models.CharField(max_length=64)
    subject = models.CharField(max_length=128)
    type = models.CharField(max_length=64)
    body = models.TextField()
    request_id = models.CharField(max_length=36, null=True)
    traceparent = models.CharField(max_length=55, null=True)
    state = models.CharField(max_length=8)
    attempts = models.IntegerField()
    outages = models.IntegerField()
    due = models.FloatField()
    error = models.TextField(null=True)

    class Meta:
        db_table = "outbox"
        verbose_name = "stored event"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=["WAITING", "SENT", "TAKEN", "DEAD"]), name="ck_outbox_state"
            ),
        )
        indexes = (
            models.Index(fields=["state", "due"], name="ix_outbox_due"),
            models.Index(fields=["handler", "subject", "position"], name="ix_outbox_subject"),
        )

    def __str__(self) -> str:
        return f"{self.type} for {self.handler}"
