using System.ComponentModel.DataAnnotations;
using System.DirectoryServices.Protocols;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Source;

/// <summary>An LDAP directory as data source.</summary>
public sealed class LdapSourceOptions : LdapConnectionOptions
{
    /// <summary>Where searches start when the fetch names no <c>base</c>. Default: the empty DN.</summary>
    public string Base { get; set; } = "";

    /// <summary>How deep searches go when the fetch names no <c>scope</c>. Default: the whole subtree.</summary>
    public SearchScope Scope { get; set; } = SearchScope.Subtree;

    /// <summary>What searches find when the fetch has no filter. Default: <c>(objectClass=*)</c>.</summary>
    public string Filter { get; set; } = "(objectClass=*)";

    /// <summary>How many entries the server sends at a time; 0 for servers that cannot page. Default: 1000, the limit of Active Directory.</summary>
    [Range(0, 100_000)]
    public int PageSize { get; set; } = 1000;

    /// <summary>What to do about references to other servers. Default: ignore them.</summary>
    public ReferralHandling Referrals { get; set; } = ReferralHandling.Ignore;

    /// <summary>Attributes that are always a list, however many values they have. Others are a list only when they have several.</summary>
    public IList<string> ListAttributes { get; } = [];

    /// <summary>Attributes that hold bytes, beside those known to (<c>objectGUID</c>, <c>jpegPhoto</c>, all with <c>;binary</c>, ...).</summary>
    public IList<string> BinaryAttributes { get; } = [];

    /// <summary>Attributes to convert to integers.</summary>
    public IList<string> IntegerAttributes { get; } = [];

    /// <summary>Attributes to convert to Booleans (<c>TRUE</c>, <c>FALSE</c>).</summary>
    public IList<string> BooleanAttributes { get; } = [];

    /// <summary>Attributes to convert to dates and times (generalized time, to UTC).</summary>
    public IList<string> DateTimeAttributes { get; } = [];

    /// <summary>
    /// Attributes to convert from the times of Active Directory (<c>accountExpires</c>, <c>pwdLastSet</c>: 100 nanoseconds since 1601) to dates and times in
    /// UTC; 0 and the greatest number, which mean "never", are not set.
    /// </summary>
    public IList<string> FileTimeAttributes { get; } = [];

    /// <summary>Attributes to convert from 16 bytes to the text of a GUID (<c>objectGUID</c>).</summary>
    public IList<string> GuidAttributes { get; } = [];

    /// <summary>Attributes to convert from bytes to the text of a security identifier (<c>objectSid</c>: <c>S-1-5-21-...</c>).</summary>
    public IList<string> SidAttributes { get; } = [];
}
