namespace Hermes.Diff.Templates;

/// <summary>
/// A row or an entry could not be worked out, so the poll is abandoned as a whole. The message says type, source, key, attribute and
/// template as far as they are known, and never a value other than the key.
/// </summary>
public sealed class EvaluationException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="problem">What is wrong and what to do.</param>
    /// <param name="place">Where.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public EvaluationException(string problem, EvaluationPlace place, Exception? innerException = null)
        : base($"{place}: {problem}", innerException) => (Place, Problem) = (place, problem);

    /// <summary>Where it happened.</summary>
    public EvaluationPlace Place { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }
}

/// <summary>Where an evaluation failed.</summary>
/// <param name="Type">The data type.</param>
/// <param name="Source">The source of the type, if one row of it was worked on.</param>
/// <param name="Key">The key of the entry, if it is known.</param>
/// <param name="Attribute">The attribute, if one was being computed.</param>
/// <param name="Template">The text of the template, if one was being evaluated.</param>
public sealed record EvaluationPlace(
    string Type, string? Source = null, string? Key = null, string? Attribute = null, string? Template = null)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var entry = Key is null ? $"type {Type}" : $"type {Type}, key {Key}";
        var source = Source is null ? "" : $", source {Source}";
        var attribute = Attribute is null ? "" : $", attribute {Attribute}";
        return entry + source + attribute + (Template is null ? "" : $", template {Template}");
    }
}
