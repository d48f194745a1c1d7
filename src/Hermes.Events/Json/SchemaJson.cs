using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Hermes.Events.Schema;

namespace Hermes.Events.Json;

/// <summary>The data schema as JSON, in the form in which the wire format carries it; also the form in which state stores keep it.</summary>
public static class SchemaJson
{
    /// <summary>Encodes a schema.</summary>
    public static byte[] Encode(DataSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var output = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(output, EventJson.WriterOptions))
            Write(writer, schema);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Decodes a schema.</summary>
    /// <exception cref="EventFormatException">The JSON is not a schema.</exception>
    public static DataSchema Decode(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return Read(ref reader);
        }
        catch (JsonException exception)
        {
            throw new EventFormatException("The data schema is not valid JSON.", exception);
        }
    }

    internal static void Write(Utf8JsonWriter writer, DataSchema schema)
    {
        writer.WriteStartObject();
        foreach (var type in schema.Types)
        {
            writer.WriteStartObject(type.Name);
            WriteNames(writer, WireNames.SchemaAttributes, type.Attributes);
            WriteNames(writer, WireNames.SchemaSecrets, type.SecretAttributes);
            if (type.Key.Length == 1)
                writer.WriteString(WireNames.SchemaKey, type.Key[0]);
            else
                WriteNames(writer, WireNames.SchemaKey, type.Key);
            writer.WriteStartObject(WireNames.SchemaForeignKeys);
            foreach (var (attribute, parent) in type.ForeignKeys)
                WriteNames(writer, attribute, [parent.ParentType, parent.ParentAttribute]);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    internal static DataSchema Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "The data schema");
        var types = new List<TypeSchema>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (types.Exists(type => string.Equals(type.Name, name, StringComparison.Ordinal)))
                throw new EventFormatException($"The data schema names the type '{name}' twice.");
            types.Add(ReadType(ref reader, name));
        }

        return new DataSchema(types);
    }

    private static TypeSchema ReadType(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject, $"The data schema of '{name}'");
        ImmutableArray<string>? attributes = null, secrets = null, key = null;
        var foreignKeys = ImmutableSortedDictionary.CreateBuilder<string, ForeignKey>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString();
            reader.Read();
            switch (member)
            {
                case WireNames.SchemaAttributes: attributes = [.. ReadNames(ref reader, member).Order(StringComparer.Ordinal)]; break;
                case WireNames.SchemaSecrets: secrets = [.. ReadNames(ref reader, member).Order(StringComparer.Ordinal)]; break;
                case WireNames.SchemaKey: key = reader.TokenType == JsonTokenType.String ? [reader.GetString()!] : ReadNames(ref reader, member); break;
                case WireNames.SchemaForeignKeys: ReadForeignKeys(ref reader, foreignKeys); break;
                default: reader.Skip(); break;
            }
        }

        if (attributes is null || key is not { IsEmpty: false })
            throw new EventFormatException($"The data schema of '{name}' lacks '{WireNames.SchemaAttributes}' or '{WireNames.SchemaKey}'.");
        return new TypeSchema(name, attributes.Value, secrets ?? [], key.Value, foreignKeys.ToImmutable());
    }

    private static void ReadForeignKeys(ref Utf8JsonReader reader, ImmutableSortedDictionary<string, ForeignKey>.Builder foreignKeys)
    {
        Expect(ref reader, JsonTokenType.StartObject, WireNames.SchemaForeignKeys);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var attribute = reader.GetString()!;
            reader.Read();
            if (ReadNames(ref reader, WireNames.SchemaForeignKeys) is not [var parentType, var parentAttribute])
                throw new EventFormatException($"The foreign key '{attribute}' must be a list of a type and an attribute.");
            foreignKeys[attribute] = new ForeignKey(parentType, parentAttribute);
        }
    }

    private static ImmutableArray<string> ReadNames(ref Utf8JsonReader reader, string member)
    {
        Expect(ref reader, JsonTokenType.StartArray, member);
        var names = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.String, $"An item of {member}");
            names.Add(reader.GetString()!);
        }

        return names.ToImmutable();
    }

    private static void WriteNames(Utf8JsonWriter writer, string member, ImmutableArray<string> names)
    {
        writer.WriteStartArray(member);
        foreach (var name in names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType wanted, string what)
    {
        if (reader.TokenType != wanted)
            throw new EventFormatException($"{what} must be {wanted}, not {reader.TokenType}.");
    }
}
