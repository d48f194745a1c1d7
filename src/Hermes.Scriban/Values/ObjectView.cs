using System.Collections;
using Hermes.Abstractions.Templates;
using Hermes.Scriban.Evaluation;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Hermes.Scriban.Values;

/// <summary>An object of Hermes as templates see it: its members, and its items if it has any. It can only be read.</summary>
internal sealed class ObjectView(TemplateObject content) : IScriptObject, IEnumerable<object?>
{
    public TemplateObject Object => content;

    public int Count => content.Count ?? 0;

    public bool IsReadOnly
    {
        get => true;
        set { }
    }

    public IEnumerable<string> GetMembers() => [];

    public bool Contains(string member) => content.TryGetMember(member, out _);

    public bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        var isKnown = content.TryGetMember(member, out var found);
        value = isKnown ? ScriptValues.ToScript(found) : member == "size" && content.Count is { } count ? count : null;
        return isKnown || value is not null;
    }

    public bool CanWrite(string member) => false;

    public bool TrySetValue(TemplateContext? context, SourceSpan span, string member, object? value, bool readOnly) => false;

    public bool Remove(string member) => false;

    public void SetReadOnly(string member, bool readOnly)
    {
    }

    public IScriptObject Clone(bool deep) => this;

    public IEnumerator<object?> GetEnumerator() =>
        (content.Items ?? throw new TemplateFault($"There are no items in {content.Description}")).Select(ScriptValues.ToScript).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => throw new TemplateFault($"A text cannot hold {content.Description}");
}
