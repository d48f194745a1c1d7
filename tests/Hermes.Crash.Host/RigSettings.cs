using System.Globalization;

namespace Hermes.Crash.Host;

/// <summary>What the driver tells a process of the rig through its environment.</summary>
/// <param name="Seed">Seeds what the process does at random.</param>
/// <param name="FaultPercent">How many of a hundred visits to the target's faults fail.</param>
/// <param name="Retention">How long entries stay in the client's trashbin.</param>
/// <param name="ClockShift">How far the clock of the process is off.</param>
internal sealed record RigSettings(int Seed, int FaultPercent, TimeSpan Retention, TimeSpan ClockShift)
{
    public const string SeedVariable = "HERMES_CRASH_PROCESS_SEED";
    public const string FaultVariable = "HERMES_CRASH_FAULT_PERCENT";
    public const string RetentionVariable = "HERMES_CRASH_RETENTION_MS";
    public const string ClockVariable = "HERMES_CRASH_CLOCK_SHIFT_MS";

    public static RigSettings FromEnvironment() => new(
        Number(SeedVariable), Number(FaultVariable), TimeSpan.FromMilliseconds(Number(RetentionVariable)), TimeSpan.FromMilliseconds(Number(ClockVariable)));

    public IEnumerable<KeyValuePair<string, string>> ToEnvironment()
    {
        yield return new(SeedVariable, Text(Seed));
        yield return new(FaultVariable, Text(FaultPercent));
        yield return new(RetentionVariable, Text((int)Retention.TotalMilliseconds));
        yield return new(ClockVariable, Text((int)ClockShift.TotalMilliseconds));
    }

    private static int Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
