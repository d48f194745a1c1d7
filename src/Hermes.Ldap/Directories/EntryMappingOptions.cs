using System.ComponentModel.DataAnnotations;

namespace Hermes.Ldap.Directories;

/// <summary>How the entries of a data type become entries of a directory.</summary>
public abstract class EntryMappingOptions : IValidatableObject
{
    /// <summary>The DN of the container that holds the entries.</summary>
    [Required]
    public string Base { get; set; } = "";

    /// <summary>The local attribute that holds the DN of another container for an entry that has it set. Never written itself. Default: none.</summary>
    public string? BaseAttribute { get; set; }

    /// <summary>The LDAP attribute that names an entry in its container, such as <c>uid</c> or <c>cn</c>.</summary>
    [Required]
    public string DnAttribute { get; set; } = "";

    /// <summary>Local attributes that have another name in LDAP: local name to LDAP name. All others keep theirs.</summary>
    public IDictionary<string, string> Rename { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The LDAP attributes of references that the client's data model declares, where they are another than <see cref="Rename"/> says: local name to LDAP name. Several may go to
    /// one, as users and groups that are members of a group.
    /// </summary>
    public IDictionary<string, string> ReferenceAttributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The LDAP attributes of referenced objects whose values are written, such as <c>uid</c> for <c>memberUid</c>: local name to LDAP name. Default of each: the DN of the object.
    /// </summary>
    public IDictionary<string, string> ReferenceValues { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Local attributes that are not written.</summary>
    public IList<string> Ignore { get; } = [];

    /// <summary>Values of LDAP attributes for entries in which they are not set: constants and defaults.</summary>
    public IDictionary<string, IList<string>> Defaults { get; } = new Dictionary<string, IList<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The LDAP attribute that tells whose an object is, such as <c>employeeNumber</c>. Before an object is taken over, trashed or deleted it is compared,
    /// so that one whose name meanwhile belongs to somebody else is not touched. Default: none, the name decides.
    /// </summary>
    public string? KeyAttribute { get; set; }

    /// <summary>What becomes of an added entry whose name an object of the directory has already. Default: it waits.</summary>
    public WhenExists WhenExists { get; set; } = WhenExists.Hold;

    /// <summary>What becomes of an object that somebody moved or renamed in the directory, when its entry changes. Default: it is changed where it is.</summary>
    public WhenMoved WhenMoved { get; set; } = WhenMoved.Leave;

    /// <summary>
    /// Whether what lies below an object goes with it when the object is deleted, as devices below an account of Active Directory. Default: false, the server refuses to delete it,
    /// and the removal waits.
    /// </summary>
    public bool DeleteSubtree { get; set; }

    /// <summary>The local attribute that holds the password. Written in a step of its own, never compared. Default: none.</summary>
    public string? PasswordAttribute { get; set; }

    /// <summary>The object classes of new entries.</summary>
    internal abstract IEnumerable<string> Classes { get; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WhenExists == WhenExists.Adopt && string.IsNullOrEmpty(KeyAttribute))
            yield return new("WhenExists is Adopt: give the KeyAttribute that proves whose an object is.", [nameof(KeyAttribute)]);
        if (Rename.GroupBy(pair => pair.Value, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            yield return new($"Two attributes are renamed to '{twice.Key}'. Combine them in the mapping of the client instead.", [nameof(Rename)]);
    }
}
