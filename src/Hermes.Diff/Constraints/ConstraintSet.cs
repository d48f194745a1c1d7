using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
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
    private readonly BoundConstraint[] _constraints;
    private readonly BoundConstraint[] _forCached;

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
        _constraints = [.. constraints.Select(template => new BoundConstraint(template, Bind(template)))];
        _forCached = [.. _constraints.Where(constraint => ReadsOnlyWhatIsCached(constraint.Template))];
        Attributes = AttributesOf(constraints);

        Value[] Bind(ITemplate template) => [.. template.Variables.Select(name => name == TemplateVariables.Self ? self : resolve(name))];
    }

    public bool IsEmpty => _constraints.Length == 0;

    /// <summary>Per attribute whether the constraints, or a message about them, may read it.</summary>
    public bool[] Attributes { get; }

    /// <summary>The values of the entry that <see cref="Hold()"/> judges, to be filled in.</summary>
    public Value[] Self => _self.Values;

    /// <summary>
    /// Whether the constraints are true for a cached entry. Those that read secret or local attributes, which are not cached, do not count:
    /// an entry that cannot be judged keeps its place.
    /// </summary>
    /// <exception cref="EvaluationException">A constraint failed.</exception>
    public bool Hold(Entry cached)
    {
        _self.Show(cached);
        return Hold(_forCached);
    }

    /// <summary>Whether all constraints are true for <see cref="Self"/>.</summary>
    /// <exception cref="EvaluationException">A constraint failed.</exception>
    public bool Hold() => Hold(_constraints);

    private bool Hold(BoundConstraint[] constraints)
    {
        foreach (var (template, arguments) in constraints)
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

    private bool ReadsOnlyWhatIsCached(ITemplate template) => template.MembersOf(TemplateVariables.Self) is not { } members
        || _type.Attributes
            .Where(attribute => members.Contains(attribute.Name))
            .All(attribute => attribute.Role is AttributeRole.Sent or AttributeRole.CacheOnly);

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

    /// <summary>A constraint with its arguments; the one that stands for <c>_SELF</c> changes what it shows.</summary>
    private readonly record struct BoundConstraint(ITemplate Template, Value[] Arguments);
}

/// <summary>The entry that a constraint judges: one object that is filled anew for each entry.</summary>
internal sealed class SelfObject(DataType type) : TemplateObject
{
    public override string Description => $"an entry of {type.Name}";

    /// <summary>One value per attribute of the type.</summary>
    public Value[] Values { get; } = new Value[type.Attributes.Length];

    public override bool TryGetMember(string name, [MaybeNullWhen(false)] out Value value)
    {
        var index = type.IndexOf(name);
        value = index >= 0 && Values[index].IsSet ? Values[index] : Value.Undefined;
        return index >= 0;
    }

    public override bool? Contains(Value item) =>
        item.TryGetString(out var name) && type.IndexOf(name) is >= 0 and var index && Values[index].IsSet;

    /// <summary>Shows a cached entry; what is not cached is not set.</summary>
    public void Show(Entry entry)
    {
        for (var i = 0; i < Values.Length; i++)
            Values[i] = entry.Get(type.Attributes[i].Name);
    }
}

/// <summary>When a constraint holds.</summary>
internal static class Truth
{
    /// <summary>As in the template language: what is not set, false, zero and the empty text are not true.</summary>
    public static bool Of(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean(),
        ValueKind.Integer => value.AsInteger() != 0,
        ValueKind.Double => value.AsDouble() != 0,
        ValueKind.Decimal => value.AsDecimal() != 0,
        ValueKind.String => value.AsString().Length > 0,
        ValueKind.Object => value.AsObject().Count != 0,
        _ => value.IsSet,
    };
}
