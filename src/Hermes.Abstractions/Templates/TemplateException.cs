namespace Hermes.Abstractions.Templates;

/// <summary>A template could not be parsed or evaluated.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>Makes an exception that points at a place in the template.</summary>
    /// <param name="reason">What is wrong and, where it can be said, what to write instead. Never holds the value of a variable.</param>
    /// <param name="template">The whole text of the template.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public TemplateException(string reason, string template, int line, int column, Exception? innerException = null)
        : base(Describe(reason, template, line, column), innerException)
    {
        Reason = reason;
        Template = template;
        Line = line;
        Column = column;
    }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }

    /// <summary>The whole text of the template.</summary>
    public string Template { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1.</summary>
    public int Column { get; }

    /// <summary>Whether a value was used that is not set.</summary>
    public bool IsUndefined { get; init; }

    private static string Describe(string reason, string template, int line, int column)
    {
        var lines = template.Split('\n');
        var shown = line >= 1 && line <= lines.Length ? lines[line - 1].TrimEnd('\r') : "";
        return $"{reason} (line {line}, column {column})\n    {shown}\n    {new string(' ', Math.Max(0, column - 1))}^";
    }
}
