namespace Hermes.Files.Sources.JsonLines;

/// <summary>The settings of a source of files with one JSON object per line.</summary>
public sealed class JsonLinesSourceOptions : FileSourceOptions
{
    /// <summary>What it means that an object lacks a member that the mapping reads. Default: an error.</summary>
    public MissingMember MissingMembers { get; set; } = MissingMember.Error;
}
