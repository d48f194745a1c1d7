using System.Text;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Events.Schema;

namespace Hermes.ServerRuntime.Schema;

/// <summary>A data schema as text for the state: the event that tells it, in the wire format.</summary>
internal static class SchemaText
{
    public static string Write(DataSchema schema) => Encoding.UTF8.GetString(EventJson.Encode(new DataSchemaEvent(schema), null));

    public static DataSchema Read(string text) => EventJson.Decode(Encoding.UTF8.GetBytes(text)).Event is DataSchemaEvent { Schema: var schema }
        ? schema
        : throw new InvalidDataException("The data schema in the server's state is not one: the state is damaged. Restore it from a backup.");
}
