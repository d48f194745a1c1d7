using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Diff.Templates;

/// <summary>All entries of something as templates see them: a list of entries, made while it is read.</summary>
/// <param name="description">What it is, for messages of errors.</param>
/// <param name="count">How many entries there are.</param>
/// <param name="entries">Reads them; called once per use.</param>
internal sealed class EntriesObject(string description, Func<int> count, Func<IEnumerable<Entry>> entries) : TemplateObject
{
    /// <inheritdoc/>
    public override string Description { get; } = description;

    /// <inheritdoc/>
    public override int? Count => count();

    /// <inheritdoc/>
    public override IEnumerable<Value> Items => entries().Select(entry => Value.From(new EntryObject("an entry of " + Description, entry)));
}
