using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.Crash.Host;

/// <summary>What of Hermes a campus has in use, all its life long.</summary>
/// <param name="Secret">The users' secret attribute, or empty: none.</param>
/// <param name="WriteBack">When the server writes back to the source.</param>
/// <param name="Concurrency">How many changes the target is given at the same time.</param>
/// <param name="Remediation">Whether waiting events are merged.</param>
/// <param name="ForeignKeys">Which events of a parent wait for those of a child.</param>
/// <param name="Retention">How long entries stay in the trashbin while the client is killed; 0: there is none.</param>
/// <param name="ClockStep">How far the clocks jump, forth and back; 0: they are right.</param>
/// <param name="Target">What the client keeps in step.</param>
/// <param name="Trouble">What strikes it between kills.</param>
/// <param name="ShowsTrashed">Whether the target, if it is one of Hermes itself, shows what lies in the trashbin.</param>
/// <param name="Bus">What carries the events.</param>
/// <param name="Broker">The stream of the campus; null for the other bus.</param>
/// <param name="Directory">Where the directory target has its objects; null for other targets.</param>
/// <param name="State">What the states lie in.</param>
/// <param name="Database">The database of the campus; null if neither bus nor states need one.</param>
internal sealed record CampusOptions(
    string Secret,
    WriteBack WriteBack,
    int Concurrency,
    RemediationPolicy Remediation,
    ForeignKeyPolicy ForeignKeys,
    TimeSpan Retention,
    TimeSpan ClockStep,
    CampusTarget Target = CampusTarget.Journal,
    CampusTrouble Trouble = CampusTrouble.None,
    bool ShowsTrashed = false,
    CampusBus Bus = CampusBus.Sqlite,
    BrokerPlace? Broker = null,
    DirectoryPlace? Directory = null,
    CampusState State = CampusState.Sqlite,
    DatabasePlace? Database = null)
{
    public const string Password = "password";

    /// <summary>Whether bus or states lie in a database.</summary>
    public bool NeedsDatabase => Bus == CampusBus.PostgreSql || State == CampusState.PostgreSql;

    public bool HasSecret => Secret.Length > 0;

    public static CampusOptions Plain { get; } = new(
        "", WriteBack.All, 1, RemediationPolicy.Disabled, ForeignKeyPolicy.OnRemove, TimeSpan.FromSeconds(1), TimeSpan.Zero);

    public static CampusOptions Draw(Random random) => new(
        random.Next(2) == 0 ? "" : Password,
        (WriteBack)random.Next(2),
        random.Next(2) == 0 ? 1 : 4,
        (RemediationPolicy)random.Next(3),
        random.Next(2) == 0 ? ForeignKeyPolicy.OnRemove : ForeignKeyPolicy.OnEvery,
        random.Next(3) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(1),
        random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromDays(1));

    public override string ToString() =>
        $"{Target.ToString().ToLowerInvariant()} target, {(HasSecret ? "a secret" : "no secret")}, write-back {WriteBack}, concurrency {Concurrency}, "
        + $"remediation {Remediation}, foreign keys {ForeignKeys}, "
        + $"{(Retention > TimeSpan.Zero ? "a trashbin" : "no trashbin")}, {(ClockStep > TimeSpan.Zero ? "clocks that jump" : "clocks that are right")}"
        + (Bus == CampusBus.Sqlite ? "" : $", {Bus}")
        + (State == CampusState.Sqlite ? "" : $", states in {State}")
        + (Trouble == CampusTrouble.None ? "" : $", {Trouble.ToString().ToLowerInvariant()}");
}

/// <summary>When the server writes back to the source.</summary>
internal enum WriteBack
{
    /// <summary>After all events of a type.</summary>
    All,

    /// <summary>After each event.</summary>
    One,
}
