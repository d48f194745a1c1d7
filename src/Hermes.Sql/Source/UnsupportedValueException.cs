namespace Hermes.Sql.Source;

/// <summary>A driver returned something for which there is no value. The reader of rows says in which column. The message shows no value.</summary>
internal sealed class UnsupportedValueException(Type type, string? reason) : Exception(reason ?? $"There is no attribute value for {type.FullName}.");
