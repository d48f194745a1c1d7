using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>One reference of a local entry to another.</summary>
/// <param name="From">The entry that refers.</param>
/// <param name="Attribute">The attribute that holds the key.</param>
/// <param name="To">The entry that it refers to, be it there or not.</param>
public readonly record struct StoredReference(EntryId From, string Attribute, EntryId To);

/// <summary>A reference with its place in the order in which references came.</summary>
/// <param name="Number">Its place; later ones have greater ones.</param>
/// <param name="Reference">The reference.</param>
/// <param name="IsPending">Whether the target does not have it yet, although it has the entry that refers.</param>
public readonly record struct NumberedReference(long Number, StoredReference Reference, bool IsPending);

/// <summary>A change of a reference.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="IsPending">Whether it is pending from now on; null if it is gone.</param>
public readonly record struct ReferenceChange(StoredReference Reference, bool? IsPending);
