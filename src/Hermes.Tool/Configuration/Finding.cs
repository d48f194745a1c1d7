using System.Text.Json.Nodes;

namespace Hermes.Tool.Configuration;

/// <summary>Where a setting stands.</summary>
/// <param name="Source">The file as it was named, or what else says it, such as an environment variable.</param>
/// <param name="Line">The line, from 1 on; 0 if the source has none.</param>
/// <param name="Column">The column, from 1 on.</param>
internal sealed record SettingPlace(string Source, int Line = 0, int Column = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{Source}:{Line}:{Column}" : Source;
}

/// <summary>Something that is wrong in a configuration, or worth a warning.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Setting">Which setting, such as <c>Servers:campus:PollInterval</c>; empty if it is about the file.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
internal sealed record Finding(SettingPlace Place, string Setting, string Problem, string Fix)
{
    /// <summary>Whether it may stay as it is.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Two lines: place, setting and problem as editors and terminals follow them, and what to do.</summary>
    public override string ToString() =>
        $"{Place}: {(IsWarning ? "warning: " : "")}{(Setting.Length > 0 ? Setting + ": " : "")}{Problem}{Environment.NewLine}    {Fix}";

    /// <summary>The same for programs.</summary>
    public JsonObject ToJson() => new()
    {
        ["file"] = Place.Source,
        ["line"] = Place.Line,
        ["column"] = Place.Column,
        ["setting"] = Setting,
        ["isWarning"] = IsWarning,
        ["problem"] = Problem,
        ["fix"] = Fix,
    };
}
