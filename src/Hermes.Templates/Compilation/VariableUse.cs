using System.Collections.Frozen;
using System.Collections.Immutable;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>Which variables a template reads, in order of first use, and which members of each.</summary>
internal sealed class VariableUse
{
    private readonly Dictionary<string, HashSet<string>?> _members = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

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

    private void Visit(Expression expression)
    {
        switch (expression)
        {
            case Name name:
                Register(name.Identifier);
                _members[name.Identifier] = null;
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

    private void VisitAll(IEnumerable<Expression> expressions)
    {
        foreach (var expression in expressions)
            Visit(expression);
    }

    private void Add(Name name, string member)
    {
        Register(name.Identifier);
        _members[name.Identifier]?.Add(member);
    }

    private void Register(string name)
    {
        if (_members.TryAdd(name, new HashSet<string>(StringComparer.Ordinal)))
            _names.Add(name);
    }
}
