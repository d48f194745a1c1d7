using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>The settings of a client, as they are configured. What is set here is validated and copied when the client starts.</summary>
public sealed class ClientOptions
{
    /// <summary>The data types. Their order does not matter: it is that of the server's types.</summary>
    public IList<ClientTypeOptions> DataTypes { get; } = [];

    /// <summary>Which initsync a new client starts from. Default: the latest complete one.</summary>
    public InitSyncChoice InitSync { get; set; } = InitSyncChoice.Latest;

    /// <summary>
    /// Whether events of all producers on the bus count, not only those of the one whose initsync the client was initialised from. Default: false; a second server on
    /// the bus is a mistake, and its events are set aside.
    /// </summary>
    public bool AcceptOtherProducers { get; set; }

    /// <summary>
    /// Whether the client goes on where the target, by its settings, keeps the objects of a type elsewhere than at the last start and would not find them: because somebody has
    /// moved them there, or wants them made anew by a comparison. Default: false, it stops and says so.
    /// </summary>
    public bool AcceptMovedTarget { get; set; }

    /// <summary>
    /// The keys with which servers sign their messages, each a text of at least 32 characters and a secret. With any, a message that none of them signed is set aside.
    /// More than one is for the time in which a key is replaced. Default: none, and signatures are not looked at.
    /// </summary>
    public IList<string> SigningKeys { get; } = [];

    /// <summary>When removals that come from one cause wait for approval. A data type may have settings of its own.</summary>
    public ClientRemovalGuardOptions RemovalGuard { get; } = new();

    /// <summary>
    /// Whether mappings may read attributes that the server does not send yet. Default: false; one that is new and reads such an attribute is an error. A data type may
    /// say otherwise.
    /// </summary>
    public bool MayComeLater { get; set; }

    /// <summary>How long an event in the error queue waits until it is tried again. Default: 60 minutes.</summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>
    /// If longer than <see cref="RetryInterval"/>, an event's interval doubles with each attempt up to this. Default: none, the interval
    /// stays the same.
    /// </summary>
    public TimeSpan LongestRetryInterval { get; set; }

    /// <summary>
    /// Whether a template that reads an attribute which an entry lacks fails, so that its event waits in the error queue. Default: no, it leaves its
    /// own attribute out, as in the original program.
    /// </summary>
    public bool StrictTemplates { get; set; }

    /// <summary>Which events of a parent wait while an event of a child is in the error queue. Default: those that remove it.</summary>
    public ForeignKeyPolicy ForeignKeys { get; set; } = ForeignKeyPolicy.OnRemove;

    /// <summary>Whether waiting events of one entry are merged. Default: never.</summary>
    public RemediationPolicy Remediation { get; set; } = RemediationPolicy.Disabled;

    /// <summary>How long a removed entry stays in the trashbin. Default: 0, no trashbin.</summary>
    public TimeSpan TrashbinRetention { get; set; }

    /// <summary>How often the trashbin is looked through for entries whose time is over. Default: 60 minutes.</summary>
    public TimeSpan PurgeInterval { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How long the client waits before it asks a bus again that failed. Default: 5 seconds.</summary>
    public TimeSpan WaitForMessages { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many events of one type and kind may be applied at the same time. Default: 1, strictly in order.</summary>
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>
    /// How many events may share one durable commit while handlers are quick. Default: 2,000; 1 commits around each event.
    /// </summary>
    public int MaxEventsPerCommit { get; set; } = 2000;

    /// <summary>How long one call of the target may take. Default: 5 minutes.</summary>
    public TimeSpan TargetTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often a call that failed transiently is repeated before its event goes into the error queue. Default: 3; 0 never.
    /// </summary>
    public int TargetRetries { get; set; } = 3;

    /// <summary>What becomes of a change whose object somebody removed from the target. Default: the entry is put anew.</summary>
    public WhenMissing WhenMissing { get; set; } = WhenMissing.Recreate;

    /// <summary>How long to wait before the first of these repetitions; doubled for each further one. Default: 200 milliseconds.</summary>
    public TimeSpan TargetRetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);
}
