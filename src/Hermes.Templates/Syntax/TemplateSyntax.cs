using System.Collections.Immutable;

namespace Hermes.Templates.Syntax;

/// <summary>A parsed template: its texts and expressions, in order.</summary>
internal sealed record TemplateSyntax(ImmutableArray<TemplatePart> Parts)
{
    /// <summary>The expression, if the template is one expression and nothing else.</summary>
    public Expression? WholeExpression => Parts is [ExpressionPart part] ? part.Expression : null;

    public IEnumerable<Expression> Expressions => Parts.OfType<ExpressionPart>().Select(part => part.Expression);
}

internal abstract record TemplatePart;

internal sealed record TextPart(string Text) : TemplatePart;

internal sealed record ExpressionPart(Expression Expression) : TemplatePart;
