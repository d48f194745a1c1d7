using System.Collections.Frozen;
using System.Collections.Immutable;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>Which variables a template reads, in order of first use, which members of each, and of which it only asks what is in them.</summary>
internal sealed class VariableUse
{
    private readonly Dictionary<string, HashSet<string>?> _members = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly HashSet<string> _usedOtherwise = new(StringComparer.Ordinal);

    private VariableUse()
    {
    }

    public ImmutableArray<string> Names => [.. _names];

    public static VariableUse Of(TemplateSyntax template)
    {
        var use = new VariableUse();
        foreach (var expression in template.Expressions)
            use.Visit(expression);
        return use;
    }

    /// <summary>The members read of a variable; null if it is used as a whole.</summary>
    public IReadOnlySet<string>? MembersOf(string variable) =>
        _members.TryGetValue(variable, out var members) ? members : FrozenSet<string>.Empty;

    /// <summary>Whether a variable is used in no other way than at the right of <c>in</c> and <c>not in</c>.</summary>
    public bool AsksOnlyWhatIsIn(string variable) => !_usedOtherwise.Contains(variable);

    private void Visit(Expression expression)
    {
        switch (expression)
        {
            case Name name:
                Register(name.Identifier);
                _members[name.Identifier] = null;
                _usedOtherwise.Add(name.Identifier);
                return;
            case Comparison comparison:
                VisitComparison(comparison);
                return;
            case TestCall { TestName: "in", Arguments: { Positional: [var container], Named.IsEmpty: true } } test:
                Visit(test.Target);
                VisitContainer(container);
                return;
            case Member { Target: Name name } member:
                Add(name, member.MemberName);
                return;
            case Syntax.Index { Target: Name name } index when Constants.Text(index.Key) is { } member:
                Add(name, member);
                return;
            case MethodCall { Target: Name name, MethodName: "get", Arguments.Positional: [var first, ..] } call
                when Constants.Text(first) is { } member:
                Add(name, member);
                VisitAll(call.Arguments.All);
                return;
            default:
                VisitAll(expression.Children);
                return;
        }
    }

    // An operand in the middle of a chain is compared with the one after it as well: a in b == c.
    private void VisitComparison(Comparison comparison)
    {
        Visit(comparison.First);
        for (var i = 0; i < comparison.Rest.Length; i++)
        {
            var (relation, operand) = comparison.Rest[i];
            if (relation is ComparisonOperator.In or ComparisonOperator.NotIn && i == comparison.Rest.Length - 1)
                VisitContainer(operand);
            else
                Visit(operand);
        }
    }

    private void VisitContainer(Expression container)
    {
        switch (container)
        {
            case Name name:
                Register(name.Identifier);
                _members[name.Identifier] = null;
                return;
            case Conditional conditional:
                VisitContainer(conditional.Then);
                Visit(conditional.Condition);
                if (conditional.Else is { } otherwise)
                    VisitContainer(otherwise);
                return;
            default:
                Visit(container);
                return;
        }
    }

    private void VisitAll(IEnumerable<Expression> expressions)
    {
        foreach (var expression in expressions)
            Visit(expression);
    }

    private void Add(Name name, string member)
    {
        Register(name.Identifier);
        _members[name.Identifier]?.Add(member);
        _usedOtherwise.Add(name.Identifier);
    }

    private void Register(string name)
    {
        if (_members.TryAdd(name, new HashSet<string>(StringComparer.Ordinal)))
            _names.Add(name);
    }
}
