using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Hermes.Tool.Http;

/// <summary>Opens the Unix socket of a host, for those alone who may use it.</summary>
internal static class ControlSocket
{
    /// <summary>Binds a socket; the caller listens.</summary>
    /// <exception cref="IOException">Another host has it, or it cannot be made.</exception>
    public static Socket Bind(EndPoint endPoint, UnixFileMode mode)
    {
        if (endPoint is not UnixDomainSocketEndPoint)
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        var path = endPoint.ToString()!;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        RemoveLeft(path, endPoint);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Nobody can connect before it listens, and so not before it has its mode.
            socket.Bind(endPoint);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode);
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw new IOException($"The socket {path} cannot be made: {exception.Message}", exception);
        }
    }

    // A host that was killed leaves its socket, to which nobody listens any more.
    private static void RemoveLeft(string path, EndPoint endPoint)
    {
        if (!File.Exists(path))
            return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(endPoint);
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && !IsPlainFile(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException failed)
        {
            throw new IOException(
                $"There is something at {path} that is no socket of hermes, or may not be used: {failed.Message}. Remove it, or name another path in Http: Socket.", failed);
        }

        throw new IOException($"Another program answers at the socket {path}. Is hermes running already? Stop it, or name another path in Http: Socket.");
    }

    // Whoever names a file of his by mistake keeps it.
    private static bool IsPlainFile(string path) => new FileInfo(path) is { Length: > 0 };
}
