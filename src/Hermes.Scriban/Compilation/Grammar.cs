using Scriban.Syntax;

namespace Hermes.Scriban.Compilation;

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
