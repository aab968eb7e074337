"""Between its preview and its confirmation an import lives in the page itself, signed: several processes serve it, and
nothing stays on a disk.
"""

import base64
import io

from django.core import signing
from import_export.tmp_storages import BaseStorage

PREVIEW_LIFETIME = 3600  # seconds
SALT = "file-of-an-import"


class CarriedFile(BaseStorage):
    """A file whose name is the file. `read` raises `BadSignature` for one that was not previewed here, or long ago."""

    def save(self, data: bytes) -> None:
        self.name = signing.dumps(base64.b64encode(data).decode(), salt=SALT, compress=True)

    def read(self) -> str:
        data = base64.b64decode(signing.loads(self.name, salt=SALT, max_age=PREVIEW_LIFETIME))
        return io.TextIOWrapper(io.BytesIO(data), encoding=self.encoding).read()

    def remove(self) -> None:
        """Nothing is kept."""
