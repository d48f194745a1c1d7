using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Constraints;

/// <summary>The constraints of a type or source, with all that they read but <c>_SELF</c> bound once.</summary>
internal sealed class ConstraintSet
{
    private readonly DataType _type;
    private readonly string? _source;
    private readonly SelfObject _self;
    private readonly (ITemplate Template, Value[] Arguments)[] _constraints;

    /// <summary>Binds constraints.</summary>
    /// <param name="type">The type of the entries.</param>
    /// <param name="source">The source, if they are merge constraints.</param>
    /// <param name="constraints">The constraints.</param>
    /// <param name="resolve">Gives what variables other than <c>_SELF</c> stand for.</param>
    public ConstraintSet(DataType type, string? source, ImmutableArray<ITemplate> constraints, Func<string, Value> resolve)
    {
        _type = type;
        _source = source;
        _self = new SelfObject(type);
        var self = Value.From(_self);
        _constraints = [.. constraints.Select(template => (template, Bind(template)))];
        Attributes = AttributesOf(constraints);

        Value[] Bind(ITemplate template) => [.. template.Variables.Select(name => name == TemplateVariables.Self ? self : resolve(name))];
    }

    public bool IsEmpty => _constraints.Length == 0;

    /// <summary>Per attribute whether the constraints, or a message about them, may read it.</summary>
    public bool[] Attributes { get; }

    /// <summary>The values of the entry that <see cref="Hold()"/> judges, to be filled in.</summary>
    public Value[] Self => _self.Values;

    /// <summary>Whether all constraints are true for a cached entry.</summary>
    public bool Hold(Entry cached)
    {
        _self.Show(cached);
        return Hold();
    }

    /// <summary>Whether all constraints are true for <see cref="Self"/>.</summary>
    /// <exception cref="EvaluationException">A constraint failed.</exception>
    public bool Hold()
    {
        foreach (var (template, arguments) in _constraints)
        {
            try
            {
                if (!Truth.Of(template.Evaluate(arguments)))
                    return false;
            }
            catch (TemplateException e)
            {
                var place = new EvaluationPlace(_type.Name, _source, _type.KeyOf(Self).ToString(), Template: template.Text);
                throw new EvaluationException(e.Message, place, e);
            }
        }

        return true;
    }

    private bool[] AttributesOf(ImmutableArray<ITemplate> constraints)
    {
        var members = constraints
            .Where(template => template.Variables.Contains(TemplateVariables.Self))
            .Select(template => template.MembersOf(TemplateVariables.Self));
        var read = new HashSet<string>(_type.Key, StringComparer.Ordinal);
        foreach (var names in members)
            read.UnionWith(names ?? _type.Attributes.Select(attribute => attribute.Name).ToHashSet());
        return [.. _type.Attributes.Select(attribute => read.Contains(attribute.Name))];
    }
}
