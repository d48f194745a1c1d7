using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Syntax;

/// <summary>
/// One form for all values that a server takes for the same (RFC 4517, 4.2), by the equality rule of their attribute. What has no rule that is known is compared byte by byte.
/// </summary>
internal static class MatchingRules
{
    private const string Bytes = "octetStringMatch";

    private static readonly Dictionary<string, Func<string, string>> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["objectIdentifierMatch"] = Lower,
        ["distinguishedNameMatch"] = NameForm.Of,
        ["uniqueMemberMatch"] = NameForm.Of,
        ["caseIgnoreMatch"] = text => NameForm.Prepared(text, caseExact: false),
        ["caseIgnoreIA5Match"] = text => NameForm.Prepared(text, caseExact: false),
        ["caseIgnoreListMatch"] = text => NameForm.Prepared(text, caseExact: false),
        ["caseExactMatch"] = text => NameForm.Prepared(text, caseExact: true),
        ["caseExactIA5Match"] = text => NameForm.Prepared(text, caseExact: true),
        ["numericStringMatch"] = text => text.Replace(" ", "", StringComparison.Ordinal),
        ["telephoneNumberMatch"] = text => Lower(text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)),
        ["booleanMatch"] = Lower,
        ["integerMatch"] = text =>
            BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : text,
        ["generalizedTimeMatch"] = text => GeneralizedTime.TryParse(text, out var time) ? GeneralizedTime.Format(time) : text,
        ["uuidMatch"] = Lower,
    };

    // The rules' numbers, as some servers write them, and the syntaxes of Active Directory, whose schema names no rules.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["2.5.13.0"] = "objectIdentifierMatch",
        ["2.5.13.1"] = "distinguishedNameMatch",
        ["2.5.13.2"] = "caseIgnoreMatch",
        ["2.5.13.5"] = "caseExactMatch",
        ["2.5.13.8"] = "numericStringMatch",
        ["2.5.13.11"] = "caseIgnoreListMatch",
        ["2.5.13.13"] = "booleanMatch",
        ["2.5.13.14"] = "integerMatch",
        ["2.5.13.17"] = Bytes,
        ["2.5.13.20"] = "telephoneNumberMatch",
        ["2.5.13.23"] = "uniqueMemberMatch",
        ["2.5.13.27"] = "generalizedTimeMatch",
        ["1.3.6.1.1.16.2"] = "uuidMatch",
        ["1.3.6.1.4.1.1466.109.114.1"] = "caseExactIA5Match",
        ["1.3.6.1.4.1.1466.109.114.2"] = "caseIgnoreIA5Match",
        ["1.3.6.1.4.1.1466.115.121.1.7"] = "booleanMatch",
        ["1.3.6.1.4.1.1466.115.121.1.12"] = "distinguishedNameMatch",
        ["1.3.6.1.4.1.1466.115.121.1.15"] = "caseIgnoreMatch",
        ["1.3.6.1.4.1.1466.115.121.1.24"] = "generalizedTimeMatch",
        ["1.3.6.1.4.1.1466.115.121.1.27"] = "integerMatch",
        ["1.3.6.1.4.1.1466.115.121.1.38"] = "objectIdentifierMatch",
        ["1.2.840.113556.1.4.905"] = "caseIgnoreMatch",
        ["1.2.840.113556.1.4.906"] = "integerMatch",
    };

    /// <summary>Whether a server takes two sets of values for the same. The values of an attribute have no order.</summary>
    /// <param name="rule">The name or number of the equality rule, or the number of a syntax of Active Directory; null if there is none.</param>
    /// <param name="left">Texts and bytes.</param>
    /// <param name="right">Texts and bytes.</param>
    public static bool AreSame(string? rule, IReadOnlyCollection<Value> left, IReadOnlyCollection<Value> right)
    {
        var form = Forms.GetValueOrDefault(rule is not null && Names.TryGetValue(rule, out var name) ? name : rule ?? Bytes);
        if (left.Count == 1 && right.Count == 1)
            return FormOf(left.First(), form) == FormOf(right.First(), form);
        return left.Select(value => FormOf(value, form)).ToHashSet(StringComparer.Ordinal).SetEquals(right.Select(value => FormOf(value, form)));
    }

    private static string FormOf(Value value, Func<string, string>? form)
    {
        if (value.TryGetString(out var text))
            return form is null ? Convert.ToHexString(Encoding.UTF8.GetBytes(text)) : form(text);
        var bytes = value.AsBytes().Span;
        return form is not null && Utf8.IsValid(bytes) ? form(Encoding.UTF8.GetString(bytes)) : Convert.ToHexString(bytes);
    }

    private static string Lower(string text) => text.ToLowerInvariant();
}
