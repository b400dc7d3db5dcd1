"""What all response models share."""

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """A response model: read from a domain value of the same shape, documented by its docstrings."""

    model_config = ConfigDict(from_attributes=True, frozen=True, use_attribute_docstrings=True)
