using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hermes.Crash.Host;

/// <summary>What the driver tells a process of the rig through its environment.</summary>
/// <param name="Seed">Seeds what the process does at random.</param>
/// <param name="FaultPercent">How many of a hundred visits to the target's faults fail.</param>
/// <param name="Model">The data model of the process.</param>
/// <param name="ClockShift">How far the clock of the process is off, soon after its start.</param>
/// <param name="Options">What the campus has in use.</param>
/// <param name="Hang">What never answers.</param>
/// <param name="Host">The machine that the process is thought to be on; empty if there is but one.</param>
internal sealed record RigSettings(
    int Seed, int FaultPercent, CampusModel Model, TimeSpan ClockShift, CampusOptions Options, Hang Hang = Hang.Nothing, string Host = "")
{
    public const string Variable = "HERMES_CRASH_SETTINGS";

    /// <summary>Nothing fails, no clock jumps, and what lies in the trashbin is purged.</summary>
    public RigSettings Calm() => this with { FaultPercent = 0, ClockShift = TimeSpan.Zero, Options = Options with { Retention = TimeSpan.Zero } };

    public static RigSettings FromEnvironment() =>
        JsonSerializer.Deserialize(Environment.GetEnvironmentVariable(Variable)!, RigJson.Default.RigSettings)!;

    public string ToText() => JsonSerializer.Serialize(this, RigJson.Default.RigSettings);
}

/// <summary>The JSON of the rig, generated at build time: a process that lives for a second should not spend it on reflection.</summary>
[JsonSerializable(typeof(RigSettings))]
[JsonSerializable(typeof(Client.JournalLine))]
internal sealed partial class RigJson : JsonSerializerContext;
