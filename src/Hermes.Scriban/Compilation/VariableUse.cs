using Hermes.Abstractions.Templates;
using Hermes.Scriban.Evaluation;
using Hermes.Scriban.Functions;
using Scriban.Syntax;

namespace Hermes.Scriban.Compilation;

/// <summary>
/// Which variables a template reads, in order of first use, which members of each, and of which it only asks what is in them: known from the syntax tree,
/// before it is evaluated. What could reach beyond that, such as <c>include</c>, <c>import</c> and <c>with</c>, is refused.
/// </summary>
internal sealed class VariableUse
{
    private readonly Language _language;
    private readonly string _text;
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedOtherwise = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>?> _members = new(StringComparer.Ordinal);
    private readonly List<string> _variables = [];

    private VariableUse(Language language, string text) => (_language, _text) = (language, text);

    public IReadOnlyList<string> Variables => _variables;

    /// <exception cref="TemplateException">Something is not allowed here.</exception>
    public static VariableUse Of(ScriptPage page, Language language, string text)
    {
        var use = new VariableUse(language, text);
        if (page.Body is { } body)
        {
            use.Declare(body);
            use.Visit(body);
        }

        return use;
    }

    public IReadOnlySet<string>? MembersOf(string variable) =>
        _members.TryGetValue(variable, out var members) ? members : new HashSet<string>(StringComparer.Ordinal);

    public bool AsksOnlyWhatIsIn(string variable) => !_usedOtherwise.Contains(variable);

    // What the template itself sets is its own wherever it stands: read before it is set, it is an error when evaluated.
    private void Declare(ScriptNode node)
    {
        var target = node switch
        {
            ScriptAssignExpression assignment => assignment.Target,
            ScriptCaptureStatement capture => capture.Target,
            ScriptForStatement loop => loop.Variable,
            _ => null,
        };
        if (target is ScriptVariable variable)
            _own.Add(variable.Name);
        else if (target is not null)
            throw Faults.At(target.Span, "Only a variable of the template's own can be set", _text);
        foreach (var child in node.Children.Where(child => child is not null))
            Declare(child);
    }

    private void Visit(ScriptNode? node)
    {
        switch (node)
        {
            case null or ScriptToken or ScriptVariableLocal:
                return;
            case ScriptPipeCall { From: ScriptVariableGlobal container, To: ScriptFunctionCall call } when _language.IsMembership(call.Target):
                VisitContainer(container);
                VisitCall(call);
                return;
            case ScriptPipeCall pipe:
                Visit(pipe.From);
                VisitFunction(pipe.To);
                return;
            case ScriptFunctionCall call:
                VisitCall(call);
                return;
            case ScriptUnaryExpression { Operator: ScriptUnaryOperator.FunctionAlias } alias:
                VisitFunction(alias.Right);
                return;
            case ScriptMemberExpression member:
                VisitMember(member);
                return;
            case ScriptIndexerExpression { Target: ScriptVariableGlobal variable, Index: ScriptLiteral { Value: string name } }:
                Use(variable, name);
                return;
            case ScriptObjectMember pair:
                Visit(pair.Value);
                return;
            case ScriptNamedArgument named:
                Visit(named.Value);
                return;
            case ScriptVariableGlobal variable:
                Use(variable);
                return;
            default:
                if (!Grammar.Allows(node))
                    throw Faults.At(node.Span, $"'{Grammar.NameOf(node)}' is not allowed in a template", _text);
                foreach (var child in node.Children)
                    Visit(child);
                return;
        }
    }

    private void VisitCall(ScriptFunctionCall call)
    {
        VisitFunction(call.Target);
        var arguments = call.Arguments;
        var first = 0;
        if (arguments.Count == 2 && arguments[0] is ScriptVariableGlobal container && _language.IsMembership(call.Target))
        {
            VisitContainer(container);
            first = 1;
        }

        for (var i = first; i < arguments.Count; i++)
            Visit(arguments[i]);
    }

    private void VisitFunction(ScriptExpression? function)
    {
        switch (function)
        {
            case ScriptVariableGlobal { Name: var name } when _language.IsFunction(name):
                Word(function, name);
                return;
            case ScriptVariableGlobal { Name: var name } when !_own.Contains(name):
                throw Faults.At(function.Span, $"There is no function '{name}'", _text);
            case ScriptMemberExpression { Target: ScriptVariableGlobal { Name: var group }, Member.Name: var name }
                when !_own.Contains(group) && _language.IsGroup(group) && !_language.IsFunction(group, name):
                throw Faults.At(function.Span, $"There is no function '{group}.{name}'", _text);
            default:
                Visit(function);
                return;
        }
    }

    private void VisitMember(ScriptMemberExpression member)
    {
        if (member.Target is not ScriptVariableGlobal variable)
            Visit(member.Target);
        else if (variable.Name != ScriptVariable.ForObject.Name)
        {
            if (_language.IsFunction(variable.Name, member.Member?.Name))
                Word(variable, variable.Name);
            else
                Use(variable, member.Member?.Name);
        }
    }

    private void VisitContainer(ScriptVariableGlobal container)
    {
        if (_own.Contains(container.Name))
            return;
        Register(container);
        _members[container.Name] = null;
    }

    private void Use(ScriptVariableGlobal variable, string? member = null)
    {
        if (_own.Contains(variable.Name) || _language.IsConstant(variable.Name))
            return;
        Register(variable);
        _usedOtherwise.Add(variable.Name);
        if (member is null)
            _members[variable.Name] = null;
        else
            _members[variable.Name]?.Add(member);
    }

    private void Register(ScriptVariableGlobal variable)
    {
        if (_words.Contains(variable.Name))
            throw Ambiguous(variable, variable.Name);
        if (_members.TryAdd(variable.Name, new HashSet<string>(StringComparer.Ordinal)))
            _variables.Add(variable.Name);
    }

    private void Word(ScriptNode node, string name)
    {
        _words.Add(name);
        if (_members.ContainsKey(name) || _own.Contains(name))
            throw Ambiguous(node, name);
    }

    private TemplateException Ambiguous(ScriptNode node, string name) =>
        Faults.At(node.Span, $"'{name}' is a word of the language here and a variable elsewhere in the template: use one of them only", _text);
}

/// <summary>What of the language a template may use: everything that only computes, and whose variables are known before it is evaluated.</summary>
internal static class Grammar
{
    private static readonly HashSet<Type> Allowed =
    [
        typeof(ScriptBlockStatement), typeof(ScriptRawStatement), typeof(ScriptEscapeStatement), typeof(ScriptExpressionStatement), typeof(ScriptNopStatement),
        typeof(ScriptIfStatement), typeof(ScriptElseStatement), typeof(ScriptCaseStatement), typeof(ScriptWhenStatement), typeof(ScriptForStatement),
        typeof(ScriptBreakStatement), typeof(ScriptContinueStatement), typeof(ScriptEndStatement), typeof(ScriptCaptureStatement),
        typeof(ScriptAssignExpression), typeof(ScriptLiteral), typeof(ScriptBinaryExpression), typeof(ScriptUnaryExpression), typeof(ScriptNestedExpression),
        typeof(ScriptConditionalExpression), typeof(ScriptIndexerExpression), typeof(ScriptIsEmptyExpression), typeof(ScriptArrayInitializerExpression),
        typeof(ScriptObjectInitializerExpression), typeof(ScriptInterpolatedExpression), typeof(ScriptInterpolatedStringExpression), typeof(ScriptKeyword),
    ];

    public static bool Allows(ScriptNode node) => node is ScriptList || Allowed.Contains(node.GetType());

    /// <summary>What an author knows it by.</summary>
    public static string NameOf(ScriptNode node)
    {
        var name = node.GetType().Name;
        foreach (var word in (ReadOnlySpan<string>)["Script", "Statement", "Expression"])
            name = name.Replace(word, "", StringComparison.Ordinal);
        return name.ToLowerInvariant();
    }
}
