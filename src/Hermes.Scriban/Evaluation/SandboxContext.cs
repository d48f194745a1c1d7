using System.Collections;
using System.Globalization;
using System.Text;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Hermes.Scriban.Evaluation;

/// <summary>One evaluation: its limits, and no look into any object but those made for templates. No reflection, no files.</summary>
internal sealed class SandboxContext : TemplateContext
{
    public SandboxContext(ScriptObject functions, ScribanLimits limits, CancellationToken tooLate)
        : base(functions, StringComparer.Ordinal)
    {
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        LoopLimit = limits.MaxIterations;
        LoopLimitQueryable = limits.MaxIterations;
        RecursiveLimit = limits.MaxDepth;
        ObjectRecursionLimit = limits.MaxDepth;
        LimitToString = limits.MaxTextLength;
        OutputLimit = limits.MaxTextLength;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        RegexTimeOut = limits.RegexTimeout;
        CancellationToken = tooLate;
        NewLine = "\n";
        MemberFilter = static _ => false;
        TryGetMember = NothingInAMap;
        PushCulture(CultureInfo.InvariantCulture);
    }

    // The base cuts a list that is too long without a word: a value that is not whole is none.
    public override string? ObjectToString(object? value, bool nested = false)
    {
        if (value is string or not IEnumerable)
            return base.ObjectToString(value, nested);
        var text = new StringBuilder();
        Append(text, value, ObjectRecursionLimit);
        return text.ToString();
    }

    protected override IObjectAccessor GetMemberAccessorImpl(object target) => target switch
    {
        DateTime => DateTimeMembers.Instance,
        string or IScriptObject or IList => base.GetMemberAccessorImpl(target) ?? NoMembers.Instance,
        _ => NoMembers.Instance,
    };

    private void Append(StringBuilder text, object? value, int depth)
    {
        var separator = "";
        switch (value)
        {
            case ScriptObject map:
                text.Append('{');
                foreach (var (name, item) in map)
                {
                    Append(text.Append(separator).Append(name).Append(": "), item, depth - 1);
                    separator = ", ";
                }

                text.Append('}');
                break;
            case IEnumerable list and not string:
                text.Append('[');
                foreach (var item in list)
                {
                    Append(text.Append(separator), item, depth - 1);
                    separator = ", ";
                }

                text.Append(']');
                break;
            default:
                text.Append(value is null ? "null" : base.ObjectToString(value, nested: true));
                break;
        }

        if (depth < 0 || text.Length > LimitToString)
            throw new TemplateFault("A text is longer, or a list nested deeper, than the limits allow");
    }

    // What a map does not hold is not set. An object of Hermes knows its members: any other name is an error.
    private static bool NothingInAMap(
        TemplateContext context, global::Scriban.Parsing.SourceSpan span, object target, string member, out object? value)
    {
        value = null;
        return target is ScriptObject;
    }
}

/// <summary>The members of a date and time.</summary>
internal sealed class DateTimeMembers : NoMembers
{
    private static readonly Dictionary<string, Func<DateTime, object>> Members = new(StringComparer.Ordinal)
    {
        ["year"] = time => time.Year,
        ["month"] = time => time.Month,
        ["day"] = time => time.Day,
        ["day_of_year"] = time => time.DayOfYear,
        ["hour"] = time => time.Hour,
        ["minute"] = time => time.Minute,
        ["second"] = time => time.Second,
        ["millisecond"] = time => time.Millisecond,
    };

    public static new DateTimeMembers Instance { get; } = new();

    public override int GetMemberCount(TemplateContext context, SourceSpan span, object target) => Members.Count;

    public override IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => Members.Keys;

    public override bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => Members.ContainsKey(member);

    public override bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        value = Members.TryGetValue(member, out var read) ? read((DateTime)target) : null;
        return value is not null;
    }
}

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
