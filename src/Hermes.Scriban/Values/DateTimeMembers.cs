using Scriban;
using Scriban.Parsing;

namespace Hermes.Scriban.Values;

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
