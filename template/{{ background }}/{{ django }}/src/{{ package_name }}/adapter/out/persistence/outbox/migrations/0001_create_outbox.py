"""Create outbox."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OutboxRow",
            fields=[
                ("position", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.CharField(max_length=36)),
                ("handler", models.CharField(max_length=64)),
                ("subject", models.CharField(max_length=128)),
                ("type", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("request_id", models.CharField(max_length=36, null=True)),
                ("traceparent", models.CharField(max_length=55, null=True)),
                ("state", models.CharField(max_length=8)),
                ("attempts", models.IntegerField()),
                ("outages", models.IntegerField()),
                ("due", models.FloatField()),
                ("error", models.TextField(null=True)),
            ],
            options={
                "verbose_name": "stored event",
                "db_table": "outbox",
                "indexes": [
                    models.Index(fields=["state", "due"], name="ix_outbox_due"),
                    models.Index(fields=["handler", "subject", "position"], name="ix_outbox_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(state__in=["WAITING", "SENT", "TAKEN", "DEAD"]), name="ck_outbox_state"
                    ),
                ],
            },
        ),
    ]
