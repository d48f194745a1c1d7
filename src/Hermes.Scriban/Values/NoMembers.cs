using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Hermes.Scriban.Values;

/// <summary>Things that show nothing of themselves.</summary>
internal class NoMembers : IObjectAccessor
{
    public static NoMembers Instance { get; } = new();

    public Type? IndexType => null;

    public bool HasIndexer => false;

    public virtual int GetMemberCount(TemplateContext context, SourceSpan span, object target) => 0;

    public virtual IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => [];

    public virtual bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => false;

    public virtual bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        value = null;
        return false;
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value) => false;

    public bool TryGetItem(TemplateContext context, SourceSpan span, object target, object index, out object? value)
    {
        value = null;
        return false;
    }

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value) => false;
}
