using Microsoft.AspNetCore.Http;

namespace Hermes.AspNetCore.Http;

/// <summary>A request cannot be done as it is; the message says why to who asks.</summary>
internal sealed class RefusedException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static RefusedException BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    public static RefusedException Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);

    public static RefusedException NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    public static RefusedException Conflict(string message) => new(StatusCodes.Status409Conflict, message);
}
