using System.Text.Json;

namespace Hermes.Sqlite.Bus;

/// <summary>Finds the category in the body of a message whose writer did not fill the column, as the original program does not.</summary>
internal static class SqliteBusCategory
{
    /// <summary>The body's <c>evcategory</c>, or nothing when there is none: the client then refuses the message, and says so.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isCategory = reader.ValueTextEquals("evcategory"u8);
                reader.Read();
                if (isCategory)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Malformed: the client's decoder tells what and where.
        }

        return "";
    }
}
