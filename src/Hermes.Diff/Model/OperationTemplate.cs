using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Model;

/// <summary>An operation of a data source whose query and variables are still to be evaluated.</summary>
internal sealed class OperationTemplate
{
    private readonly ITemplate _query;
    private readonly ImmutableArray<KeyValuePair<string, ITemplate>> _variables;

    internal OperationTemplate(SourceOperationKind kind, ITemplate query, ImmutableArray<KeyValuePair<string, ITemplate>> variables)
    {
        Kind = kind;
        _query = query;
        _variables = variables;
        Uses = Templates.SelectMany(template => template.Variables).ToImmutableSortedSet(StringComparer.Ordinal);
    }

    /// <summary>What the operation does.</summary>
    public SourceOperationKind Kind { get; }

    /// <summary>The template variables that it reads; see <see cref="TemplateVariables"/>.</summary>
    public ImmutableSortedSet<string> Uses { get; }

    internal IEnumerable<ITemplate> Templates => _variables.Select(variable => variable.Value).Prepend(_query);

    /// <summary>Evaluates the operation.</summary>
    /// <param name="source">The type's source that it belongs to.</param>
    /// <param name="variable">Gives each template variable that is used.</param>
    /// <exception cref="EvaluationException">A template failed.</exception>
    public SourceOperation Evaluate(TypeSource source, Func<string, Value> variable)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(variable);
        var query = Evaluate(source, _query, variable);
        var variables = _variables.Select(item => KeyValuePair.Create(item.Key, PlainValue.Of(Evaluate(source, item.Value, variable))));
        return new SourceOperation(
            Kind,
            query.TryGetString(out var text) ? text : query.ToString(),
            variables.ToDictionary(StringComparer.Ordinal),
            source.RemoteAttributes);
    }

    private static Value Evaluate(TypeSource source, ITemplate template, Func<string, Value> variable)
    {
        try
        {
            return template.Evaluate([.. template.Variables.Select(variable)]);
        }
        catch (TemplateException e)
        {
            throw new EvaluationException(e.Message, new EvaluationPlace(source.Type.Name, source.Name, Template: template.Text), e);
        }
    }
}

/// <summary>Turns what a template yields into a value that may leave the templates.</summary>
internal static class PlainValue
{
    /// <summary>Objects become lists and maps, what is undefined becomes null.</summary>
    public static Value Of(Value value) => value.Kind switch
    {
        ValueKind.Undefined => Value.Null,
        ValueKind.Object => Of(value.AsObject()),
        ValueKind.List => ValueList.Create(value.AsList().Select(Of)),
        ValueKind.Map => ValueMap.Create(value.AsMap().Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value)))),
        _ => value,
    };

    private static Value Of(TemplateObject value) => value switch
    {
        EntryObject entry => entry.ToMap(),
        { Items: { } items } => ValueList.Create(items.Select(Of)),
        _ => Value.Null,
    };
}
