"""The entities and value objects of the business."""
