"""Let a market have one status more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        migrations.RemoveConstraint(model_name="MarketRow", name="ck_market_status"),
        migrations.AlterField(
            model_name="MarketRow",
            name="status",
            field=models.CharField(choices=[("AFTER", "After")], db_default="DRAFT", max_length=16),
        ),
        migrations.AddConstraint(
            model_name="MarketRow",
            constraint=models.CheckConstraint(
                condition=models.Q(status__in=["AFTER"]),
                name="ck_market_status",
            ),
        ),
    ]
