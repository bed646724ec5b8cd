"""Read a wrangler file: ``wrangler.json``, ``wrangler.jsonc`` or ``wrangler.toml``.

:func:`load` gives a :class:`Project`; what wrangler would refuse raises a :class:`ConfigError` that names
file, line and field. The rules are those of wrangler 4.164 (its own code and its ``config-schema.json``).
"""

from doris.config.errors import ConfigError as ConfigError
from doris.config.errors import Problem as Problem
from doris.config.loader import find_project as find_project
from doris.config.loader import load as load
from doris.config.loader import locate as locate
from doris.config.loader import read_by_wrangler as read_by_wrangler
from doris.config.model import Assets as Assets
from doris.config.model import CodeUpdateStrategy as CodeUpdateStrategy
from doris.config.model import D1Database as D1Database
from doris.config.model import DurableObjectBinding as DurableObjectBinding
from doris.config.model import DurableObjectMigration as DurableObjectMigration
from doris.config.model import Export as Export
from doris.config.model import Json as Json
from doris.config.model import KVNamespace as KVNamespace
from doris.config.model import Limits as Limits
from doris.config.model import OtherBinding as OtherBinding
from doris.config.model import Project as Project
from doris.config.model import QueueConsumer as QueueConsumer
from doris.config.model import QueueProducer as QueueProducer
from doris.config.model import Queues as Queues
from doris.config.model import R2Bucket as R2Bucket
from doris.config.model import RateLimit as RateLimit
from doris.config.model import RenamedClass as RenamedClass
from doris.config.model import ServiceBinding as ServiceBinding
from doris.config.model import TransferredClass as TransferredClass
from doris.config.model import Triggers as Triggers
from doris.config.model import WorkflowBinding as WorkflowBinding
from doris.config.source import FILE_NAMES as FILE_NAMES
