using Hermes.Abstractions.Data;

namespace Hermes.Diff.Model.Options;

/// <summary>Computes an attribute of remote attributes.</summary>
/// <param name="remote">
/// The remote attributes that the mapping names, in that order; <see cref="Value.Null"/> for one that is not set.
/// </param>
public delegate Value AttributeFunction(ReadOnlySpan<Value> remote);

/// <summary>What an attribute is made of: one of the records below, and no other.</summary>
public abstract record MappingOptions
{
    private protected MappingOptions()
    {
    }

    /// <summary>The name of a remote attribute, or a template that is one whole expression.</summary>
    public static implicit operator MappingOptions(string text) => new TextMapping(text);

    /// <summary>The names of remote attributes, whose set values become a list.</summary>
    public static implicit operator MappingOptions(string[] names) => new ListMapping(names);
}

/// <summary>The name of a remote attribute, or, if it holds <c>{{</c> or <c>{%</c>, a template that is one whole expression.</summary>
/// <param name="Text">The name or the template.</param>
public sealed record TextMapping(string Text) : MappingOptions;

/// <summary>Several remote attributes, whose set values become a list.</summary>
/// <param name="Names">Their names.</param>
public sealed record ListMapping(IReadOnlyList<string> Names) : MappingOptions;

/// <summary>A function in C#.</summary>
/// <param name="Names">The remote attributes that it reads.</param>
/// <param name="Function">The function. It must be pure, and may be called from several threads.</param>
public sealed record FunctionMapping(IReadOnlyList<string> Names, AttributeFunction Function) : MappingOptions;
