using System.Collections.Immutable;

namespace Hermes.Templates.Syntax;

/// <summary>What stands in the parentheses of a call.</summary>
internal sealed record CallArguments(ImmutableArray<Expression> Positional, ImmutableArray<NamedArgument> Named)
{
    public static CallArguments None { get; } = new([], []);

    public IEnumerable<Expression> All => Positional.Concat(Named.Select(argument => argument.Value));
}

internal sealed record NamedArgument(int Position, string Name, Expression Value);
