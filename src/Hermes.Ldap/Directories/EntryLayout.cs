using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>Computes names and attributes of a type's entries in the directory. Pure.</summary>
internal sealed class EntryLayout
{
    private const string ObjectClass = "objectClass";

    private readonly EntryMappingOptions _options;
    private readonly HashSet<string> _unwritten;
    private readonly Dictionary<string, ValueList> _defaults;
    private readonly Action<EntryImage>? _complete;

    /// <summary>Makes a layout.</summary>
    /// <param name="type">The data type.</param>
    /// <param name="options">The options.</param>
    /// <param name="special">A local attribute that something else writes, or null.</param>
    /// <param name="complete">Sets attributes that follow from others.</param>
    public EntryLayout(TargetType type, EntryMappingOptions options, string? special, Action<EntryImage>? complete = null)
    {
        (Type, _options, _complete) = (type.Name, options, complete);
        _unwritten = [.. options.Ignore, .. type.References.Keys, .. new[] { special, options.PasswordAttribute, options.BaseAttribute }.OfType<string>()];
        _defaults = options.Defaults.ToDictionary(pair => pair.Key, pair => Texts(pair.Value), StringComparer.OrdinalIgnoreCase);
        Attributes = [.. type.Attributes.Where(name => !_unwritten.Contains(name) && !type.SecretAttributes.Contains(name)).Select(name => (name, LdapName(name)))];
        Managed = [.. Attributes.Select(pair => pair.Ldap)];
        Secrets = [.. type.SecretAttributes.Where(name => !_unwritten.Contains(name)).Select(LdapName)];
    }

    /// <summary>The name of the data type.</summary>
    public string Type { get; }

    /// <summary>The container of entries without one of their own.</summary>
    public string Base => _options.Base;

    /// <summary>The LDAP attribute that names entries.</summary>
    public string Naming => _options.DnAttribute;

    /// <summary>The LDAP attribute that tells whose an entry is, or null.</summary>
    public string? KeyAttribute => _options.KeyAttribute;

    /// <summary>What becomes of an added entry whose name is taken.</summary>
    public WhenExists WhenExists => _options.WhenExists;

    /// <summary>What becomes of an object that somebody moved or renamed.</summary>
    public WhenMoved WhenMoved => _options.WhenMoved;

    /// <summary>Whether what lies below an object is deleted with it.</summary>
    public bool DeletesSubtree => _options.DeleteSubtree;

    /// <summary>The object classes of the entries.</summary>
    public IEnumerable<string> Classes => _options.Classes;

    /// <summary>The local attributes that are written as they are, in ordinal order, and their LDAP names. Not the secret ones.</summary>
    public IReadOnlyList<(string Local, string Ldap)> Attributes { get; }

    /// <summary>The LDAP attributes that secret ones are written to, beside the password.</summary>
    public IReadOnlyList<string> Secrets { get; }

    /// <summary>
    /// The LDAP attributes that are Hermes' own: one that is not set in an entry is removed from the directory. Not the secret ones, which an entry
    /// lacks while they do not change.
    /// </summary>
    public IReadOnlyList<string> Managed { get; }

    /// <summary>The DN of an entry.</summary>
    /// <exception cref="FormatException">The entry has no name, or several.</exception>
    public string DnOf(Entry entry) => DnBelow(entry, ContainerOf(entry));

    /// <summary>What groups may hold of an entry.</summary>
    /// <exception cref="FormatException">The entry has no name, or several.</exception>
    public ObjectName NameOf(Entry entry) => new(DnOf(entry), attribute => ImageOf(entry)[attribute]);

    /// <summary>The DN of an entry in another container.</summary>
    /// <exception cref="FormatException">The entry has no name, or several.</exception>
    public string DnBelow(Entry entry, string container) => DnBelow(entry, "", container);

    /// <summary>As <see cref="DnBelow(Entry, string)"/>, with something after the name.</summary>
    public string DnBelow(Entry entry, string suffix, string container)
    {
        var names = ImageOf(entry)[Naming];
        return names.Count == 1 && names[0].TryGetString(out var name)
            ? DistinguishedName.Below(DistinguishedName.Relative(Naming, name + suffix), container)
            : throw new FormatException($"The entry must have exactly one text as '{Naming}', which is its name in the directory; it has {names.Count}.");
    }

    /// <summary>Whether an entry that changed keeps its name. One that is written otherwise (in another case) is another name; a container is not.</summary>
    public bool KeepsName(EntryModified change) =>
        ImageOf(change.Previous)[Naming].Equals(ImageOf(change.Entry)[Naming])
        && DistinguishedName.Same(ContainerOf(change.Previous), ContainerOf(change.Entry));

    /// <summary>The attributes of an entry.</summary>
    /// <exception cref="FormatException">A value cannot be stored.</exception>
    public EntryImage ImageOf(Entry entry)
    {
        var image = new EntryImage();
        foreach (var (name, values) in _defaults)
            image.SetDefault(name, values);
        image[ObjectClass] = Texts(_options.Classes);
        foreach (var (name, value) in entry)
        {
            if (!_unwritten.Contains(name) && AttributeText.Values(name, value) is { Count: > 0 } values)
                image[LdapName(name)] = values;
        }

        _complete?.Invoke(image);
        return image;
    }

    /// <summary>What an object has of an LDAP attribute while its entry has nothing; empty if that is nothing too.</summary>
    public ValueList DefaultOf(string attribute) => _defaults.GetValueOrDefault(attribute, ValueList.Empty);

    /// <summary>
    /// What a change does to the attributes of the directory. A secret is in neither entry while it does not change, so that it was removed is told by the
    /// changes alone.
    /// </summary>
    public IReadOnlyList<DirectoryAttributeModification> DifferenceOf(EntryModified change) => EntryDifference.Between(
        ImageOf(change.Previous),
        ImageOf(change.Entry),
        change.Changes.Removed.Where(name => !_unwritten.Contains(name)).Select(LdapName),
        Naming);

    /// <summary>The password of an entry, or an unset value.</summary>
    public Value PasswordOf(Entry entry) => _options.PasswordAttribute is { } attribute ? entry.Get(attribute) : Value.Null;

    /// <summary>Whether a change is about the password.</summary>
    public bool ChangesPassword(EntryModified change) => _options.PasswordAttribute is { } attribute && change.Changes.Touches(attribute);

    private string ContainerOf(Entry entry) =>
        _options.BaseAttribute is { } attribute && entry.Get(attribute).TryGetString(out var container) && container.Length > 0 ? container : Base;

    private string LdapName(string local) => _options.Rename.TryGetValue(local, out var renamed) ? renamed : local;

    private static ValueList Texts(IEnumerable<string> texts) => ValueList.Create(texts.Select(Value.From));
}
