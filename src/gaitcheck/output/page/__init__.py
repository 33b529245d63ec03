"""An Analysis comes in; one HTML page goes out that shows it in step with its video, offline."""

from gaitcheck.output.page.write import report_page

__all__ = ["report_page"]
