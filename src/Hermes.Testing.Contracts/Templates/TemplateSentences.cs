namespace Hermes.Testing.Contracts.Templates;

/// <summary>The same templates in a language: what the contract asks of every engine, said in the words of one.</summary>
public sealed record TemplateSentences
{
    /// <summary>The variable <c>a</c> as the whole template.</summary>
    public string Variable { get; init; } = "{{ a }}";

    /// <summary><c>a</c> within other text.</summary>
    public string Mixed { get; init; } = "Hello {{ a }}!";

    /// <summary>The sum of <c>a</c> and <c>b</c>.</summary>
    public string Sum { get; init; } = "{{ a + b }}";

    /// <summary><c>b</c> before <c>a</c>, and <c>b</c> again, joined to a text.</summary>
    public required string Joined { get; init; }

    /// <summary><c>a</c> in capital letters.</summary>
    public required string Upper { get; init; }

    /// <summary><c>a</c>, or the text <c>none</c> where it is not set.</summary>
    public required string Default { get; init; }

    /// <summary>The list of 1, 2 and the text <c>042</c>.</summary>
    public string List { get; init; } = "{{ [1, 2, '042'] }}";

    /// <summary>The members <c>x</c> and <c>y</c> of <c>a</c>, one as a member and one by its name, joined to a text.</summary>
    public required string Members { get; init; }

    /// <summary>The member of <c>a</c> whose name is in <c>b</c>.</summary>
    public string ComputedMember { get; init; } = "{{ a[b] }}";

    /// <summary>Whether <c>a</c> is in <c>keys</c>.</summary>
    public required string In { get; init; }

    /// <summary>The text <c>yes</c> if <c>a</c> is larger than 1, otherwise <c>no</c>.</summary>
    public required string Choice { get; init; }

    /// <summary><c>a</c> through the filter <c>shout</c>, with the argument <c>!</c>.</summary>
    public required string Filter { get; init; }

    /// <summary>Something that does not parse, with the error in the second line.</summary>
    public string Broken { get; init; } = "first\n{{ a + }}";

    /// <summary><c>a</c> divided by <c>b</c>, from the fourth column of the second line on.</summary>
    public string Division { get; init; } = "1\n{{ a / b }}";
}
