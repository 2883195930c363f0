#ifndef MIC_WIN32_KERNEL32_H
#define MIC_WIN32_KERNEL32_H

/* The few functions of kernel32.dll the forwarder needs, declared here because <windows.h> of MinGW
   does not compile for the MSVC ABI, and because nothing else of it is wanted. */

#include <stddef.h>

#define MIC_KERNEL32(result) __declspec(dllimport) result __stdcall

MIC_KERNEL32(unsigned int) GetSystemDirectoryW(wchar_t *buffer, unsigned int size);
MIC_KERNEL32(void *) LoadLibraryExW(const wchar_t *path, void *reserved, unsigned long flags);
MIC_KERNEL32(void *) GetProcAddress(void *module, const char *name);
MIC_KERNEL32(int) FreeLibrary(void *module);
MIC_KERNEL32(unsigned long) GetLastError(void);
MIC_KERNEL32(void) SetLastError(unsigned long error);
MIC_KERNEL32(void *) GetProcessHeap(void);
MIC_KERNEL32(void *) HeapAlloc(void *heap, unsigned long flags, size_t size);
MIC_KERNEL32(int) HeapFree(void *heap, unsigned long flags, void *memory);

#define MIC_LOAD_WITH_ALTERED_SEARCH_PATH 0x00000008UL
#define MIC_LOAD_LIBRARY_SEARCH_SYSTEM32  0x00000800UL
#define MIC_HEAP_ZERO_MEMORY              0x00000008UL

#define MIC_ERROR_INVALID_PARAMETER 87UL
#define MIC_ERROR_MOD_NOT_FOUND     126UL
#define MIC_ERROR_PROC_NOT_FOUND    127UL

#endif
