namespace Hermes.Tool.Import;

/// <summary>Durations, which the original program writes as numbers of seconds, minutes or days.</summary>
internal static class Intervals
{
    /// <summary>A number of seconds; null if it is not there. None at all becomes one second.</summary>
    public static TimeSpan? Seconds(PythonSection section, string name)
    {
        if (section.Number(name) is not { } number)
            return null;
        if (number > 0)
            return TimeSpan.FromSeconds(number);
        section.Note(name, "There is no waiting for no time.", "One second is taken.");
        return TimeSpan.FromSeconds(1);
    }

    /// <summary>A number of minutes; null if it is not there.</summary>
    public static TimeSpan? Minutes(PythonSection section, string name) => section.Number(name) is { } number and > 0 ? TimeSpan.FromMinutes(number) : null;

    /// <summary>A number of days; null if it is not there, or none.</summary>
    public static TimeSpan? Days(PythonSection section, string name) => section.Number(name) is { } number and > 0 ? TimeSpan.FromDays(number) : null;
}
