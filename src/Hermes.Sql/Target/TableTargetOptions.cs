using System.ComponentModel.DataAnnotations;
using Hermes.Sql.Connections;

namespace Hermes.Sql.Target;

/// <summary>The settings of a target that mirrors data types into tables.</summary>
public sealed class TableTargetOptions : SqlConnectionOptions, IValidatableObject
{
    /// <summary>The table of a data type, with its schema if it needs one (<c>hr.people</c>). Default: the name of the type.</summary>
    public IDictionary<string, string> Tables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The column of an attribute, by <c>Type.attribute</c>. Default: the name of the attribute.</summary>
    public IDictionary<string, string> Columns { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The attributes that are not written, as <c>Type.attribute</c>.</summary>
    public IList<string> Ignored { get; } = [];

    /// <summary>What happens to the row of an entry that goes to the trashbin. Default: it stays.</summary>
    public TrashedRows Trashed { get; set; } = TrashedRows.Keep;

    /// <summary>The Boolean column of each table for <see cref="TrashedRows.Flag"/>. Default: <c>trashed</c>.</summary>
    [Required]
    public string TrashedColumn { get; set; } = "trashed";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var name in Columns.Keys.Concat(Ignored).Where(name => name.IndexOf('.', StringComparison.Ordinal) is <= 0))
            yield return new($"'{name}' is not of the form Type.attribute.", [nameof(Columns), nameof(Ignored)]);
    }
}
